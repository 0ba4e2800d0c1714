"""One frozen object of settings: flags over ``IATROGRAPH_*`` over a TOML file over defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from iatrograph.errors import InvalidSetting


def _data_dir() -> Path:
    return Path(platformdirs.user_cache_dir("iatrograph"))


class Settings(BaseSettings):
    """Everything that can be set, with its default and its meaning."""

    model_config = SettingsConfigDict(
        env_prefix="IATROGRAPH_", frozen=True, extra="ignore", toml_file="iatrograph.toml"
    )

    data_dir: Annotated[
        Path,
        Field(description="Folder of the releases and of what was fetched; made if it is missing."),
    ] = Field(default_factory=_data_dir)
    host: Annotated[str, Field(description="Address the server listens on.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port the server listens on.")] = 8000
    public_url: Annotated[
        str, Field(description="Address clients know the server by, behind a proxy; else its own.")
    ] = ""
    query_workers: Annotated[
        int, Field(ge=1, le=64, description="Processes that evaluate SPARQL.")
    ] = 2
    query_timeout_s: Annotated[
        float, Field(gt=0, description="Seconds after which a SPARQL query is ended.")
    ] = 10.0
    query_memory_mb: Annotated[
        int, Field(ge=64, description="Megabytes a query may use over an idle worker.")
    ] = 1024
    query_max_rows: Annotated[
        int, Field(ge=1, description="Rows (or triples) an answer may have.")
    ] = 1_000_000
    query_max_answer_mb: Annotated[
        int, Field(ge=1, description="Megabytes an answer may have.")
    ] = 256
    query_max_characters: Annotated[
        int, Field(ge=1, description="Characters a SPARQL query may have.")
    ] = 100_000
    query_max_depth: Annotated[
        int, Field(ge=1, description="Nested brackets a SPARQL query may have.")
    ] = 64
    query_max_patterns: Annotated[
        int, Field(ge=1, description="Separators of triple patterns a SPARQL query may have.")
    ] = 150
    query_max_operators: Annotated[
        int, Field(ge=1, description="Operators a SPARQL query may have in one chain.")
    ] = 1000
    query_queue: Annotated[
        int, Field(ge=0, description="SPARQL queries that may wait for a worker.")
    ] = 32
    answer_cache_mb: Annotated[
        int, Field(ge=0, description="Megabytes of SPARQL answers that are kept.")
    ] = 32
    request_max_kb: Annotated[
        int, Field(ge=1, description="Kilobytes a request body may have.")
    ] = 512
    graphql_max_depth: Annotated[
        int, Field(ge=1, description="Levels a GraphQL query may have.")
    ] = 24
    graphql_max_aliases: Annotated[
        int, Field(ge=0, description="Aliases a GraphQL query may have.")
    ] = 30
    graphql_max_tokens: Annotated[
        int, Field(ge=1, description="Tokens a GraphQL query may have.")
    ] = 4000
    graphql_max_cost: Annotated[
        int, Field(ge=1, description="Objects a GraphQL query may touch: page sizes multiplied.")
    ] = 200_000
    page_size_max: Annotated[
        int, Field(ge=1, description="Edges a page of a GraphQL connection may have.")
    ] = 1000

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put flags first, then the environment, then ``iatrograph.toml`` in the current folder."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**flags: object) -> Settings:
    """Return the settings, flags that are not None foremost.

    Raises InvalidSetting for a value that cannot be used.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # validated by pydantic
    except ValidationError as error:
        fault = error.errors()[0]
        name = ".".join(str(part) for part in fault["loc"])
        raise InvalidSetting(name, fault["input"], fault["msg"]) from error
