"""After the deploy: is what is live what was judged? Compared, as data; who asks is `checks/collect/live.py`."""
