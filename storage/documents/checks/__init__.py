"""Pure checks of what people send: size, name, real type, traps. No store, no database, no key.

`examine` judges a whole file; `StreamWatch` judges what can be judged while it arrives; `sandbox` runs the
first in a process that has no secret, little memory and little time, since its parsers read hostile input.
"""
