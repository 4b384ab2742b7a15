"""What a run is compared with, and what that shows.

`bringing.py` fills the folder `baseline/` of the run before the preview is collected; `following.py` brings another one
to a run that was collected before; `changes.py` compares, and `telling.py` says what a reader must know of it.
"""
