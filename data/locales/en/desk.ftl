# The desk's own sentences. One message, one sentence; code only names them.
app = lianban
