"""What every other wing stands on: dates, Thai text, errors, language, frozen values, typed data.

Knows nothing of the office's work, and imports nothing of srctl. Begin with :mod:`srctl.core.dates`.
"""
