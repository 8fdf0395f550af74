"""Writes UnicodeTables.txt, the data that Unicode normalization needs, from Python's own tables:
    python3 make_unicode_tables.py > UnicodeTables.txt
Lines: "= 00C0 0041 0300" canonical, composes again; "> 0340 0300" canonical, one way only; "~ 00B2 0032" compatibility;
"^ 0300 0314 230" first and last code point of a combining class. Hangul syllables are computed and not listed."""
import sys
import unicodedata as u

print(f"# Unicode {u.unidata_version}, from Python's unicodedata; made by make_unicode_tables.py. Unicode License v3.")
classes = []
for point in range(sys.maxunicode + 1):
    character = chr(point)
    if 0xD800 <= point <= 0xDFFF or 0xAC00 <= point <= 0xD7A3:
        continue
    if value := u.combining(character):
        if classes and classes[-1][1] == point - 1 and classes[-1][2] == value:
            classes[-1][1] = point
        else:
            classes.append([point, point, value])
    parts = u.decomposition(character).split()
    if not parts:
        continue
    if parts[0].startswith("<"):
        print("~", f"{point:04X}", *parts[1:])
    else:
        print("=" if u.normalize("NFC", character) == character else ">", f"{point:04X}", *parts)
for first, last, value in classes:
    print("^", f"{first:04X}", f"{last:04X}", value)
