"""The platform's settings with views that do nothing, for benches (空白對照)."""

from minben.config.settings import *  # noqa: F403

ROOT_URLCONF = "minben.config.bench.noop_urls"
