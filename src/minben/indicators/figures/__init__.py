"""Pictures of indices (圖像): SVG that is the same to the byte each time, with its table beside it.

No colour tells anything alone: patterns, marks and numbers say the same. Nothing in a picture
runs, and nothing is fetched.
"""
