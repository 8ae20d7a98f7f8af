"""The demo data (示範資料): our own writing, played through the platform's own actions."""

from minben.simulation.demo.loading import load_demo

__all__ = ["load_demo"]
