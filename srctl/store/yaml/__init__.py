"""YAML files: read by one rule at two speeds, edited by splicing bytes, written in one style.

Begin with :mod:`srctl.store.yaml.reader` to read, :mod:`srctl.store.yaml.editor` to change.
"""
