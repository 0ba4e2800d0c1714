"""``iatrograph serve`` and ``iatrograph settings``."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from iatrograph.cli.opening import DataDir
from iatrograph.cli.output import Json, print_json, print_table
from iatrograph.cli.progress import BuildProgress
from iatrograph.errors import InvalidSetting

if TYPE_CHECKING:
    from collections.abc import Callable

    from iatrograph.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command(name="settings")(show_settings)


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket before anything is built.

    Raises InvalidSetting where the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except socket.gaierror as error:
        listener.close()
        remedy = (
            f"{(error.strerror or str(error)).lower()}; give an address of this machine with --host"
        )
        raise InvalidSetting("host", host, remedy) from error
    except OSError as error:
        listener.close()
        reason = (error.strerror or str(error)).lower()
        remedy = f"{reason}; choose another with --port (or PORT= for make)"
        raise InvalidSetting("port", f"{host}:{port}", remedy) from error
    return listener


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    data_dir: DataDir = None,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Processes that evaluate SPARQL.")
    ] = None,
) -> None:
    """Build the bundled graph if there is none, and serve it: page, GraphQL and SPARQL."""
    from iatrograph.settings import load_settings

    settings = load_settings(host=host, port=port, data_dir=data_dir, query_workers=workers)
    listener = listen(settings.host, settings.port)
    with listener:
        _serve(settings, listener)


def _serve(settings: Settings, listener: socket.socket) -> None:
    import uvicorn

    from iatrograph.release import open_or_build
    from iatrograph.web.app import create_app

    with BuildProgress() as progress:
        release = open_or_build(settings.data_dir, progress)
    place = f"http://{settings.host}:{listener.getsockname()[1]}"

    def announce() -> None:
        counts = release.info.counts
        lines = [
            f"Iatrograph, release {release.info.id}: {counts['entities']} entities, "
            f"{counts['statements']} statements, {counts['claims']} claims"
        ]
        for name, path in (("Page", "/"), ("GraphQL", "/graphql"), ("SPARQL", "/sparql")):
            lines.append(f"  {name:8}{place}{path}")
        lines.append("Information about sources, not medical advice. Stop with Ctrl-C.\n")
        try:
            sys.stdout.write("\n".join(lines))
            sys.stdout.flush()
        except BrokenPipeError:  # whoever started it reads no more; it serves all the same
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if not self.should_exit:
                announce()

    config = uvicorn.Config(
        create_app(settings, release),
        log_level="warning",
        access_log=False,
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    run: Callable[[list[socket.socket]], None] = Server(config).run
    run([listener])


def show_settings(*, as_json: Json = False) -> None:
    """Show every setting with its value and its meaning."""
    from iatrograph.settings import Settings, load_settings

    settings = load_settings().model_dump(mode="json")
    fields = Settings.model_fields
    if as_json:
        print_json(settings)
        return
    print_table(
        ("setting", "value", "environment", "meaning"),
        (
            (name, value, f"IATROGRAPH_{name.upper()}", fields[name].description)
            for name, value in settings.items()
        ),
    )
