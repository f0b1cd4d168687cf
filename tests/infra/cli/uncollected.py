"""Imported first by a process that others are forked from: to look for garbage takes 0.4 s."""

import gc

gc.disable()
