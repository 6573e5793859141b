"""YAML files: read by one rule, edited by splicing bytes, written in one style. Floor 2."""
