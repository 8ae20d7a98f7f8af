"""Benches (量測): how much this machine carries, with what it is compared to in the same run.

Everything happens in a scratch database and a scratch folder, on the loopback only, for a bounded
time. Nothing in here is reachable from a platform that serves people.
"""
