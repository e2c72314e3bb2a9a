"""Carry the seeds inside the wheel; an editable install reads them where they stand."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SeedsHook(BuildHookInterface):  # type: ignore[type-arg]  # of no config of ours
    """Adds `seeds/` to a built wheel as `watcher/_seeds`.

    The plain force-include would also put them into an editable install, where a
    folder `watcher` beside the redirection hides the package.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Take the seeds in unless the wheel is an editable one."""
        if version == "standard":
            build_data["force_include"]["seeds"] = "watcher/_seeds"
