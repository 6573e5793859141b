"""The office's own Word forms: a .docx with tags, filled as strictly as a text wording. Floor 2, door to docxtpl.

A clerk types ``{{ case.subject }}`` into a form in Word, ``{%p for … %}`` into a paragraph of its own, and
``{%tr for … %}`` into a row of its own. ``opening`` refuses what is not safe to open, ``tags`` finds every tag and
what is wrong with it by paragraph, ``filling`` puts the values in, ``mending`` makes sound again what loops and line
breaks left behind.
"""
