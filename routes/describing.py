"""The OpenAPI description, made from the declarations that requests are checked by."""

from __future__ import annotations

from typing import Any

from analysis.queries.link_parameters import SHARED, Parameter
from routes.catalogue import CATALOGUE
from routes.declaring import Declared
from routes.problems import MEDIA as PROBLEM

_REFUSALS = {
    "400": "A parameter is unknown, or its value is none that it can have; the body says which and what to give.",
    "404": "There is no such release, thing or page.",
    "405": "Only GET, HEAD and OPTIONS are answered.",
    "406": "The request takes no answer of this kind.",
    "413": "The request has a body.",
    "414": "The query string is too long.",
    "429": "Too many requests from one address; Retry-After says when to come again.",
    "500": "A fault of the server, which is in its log.",
    "503": "The archive cannot be read at this moment, or the server is busy.",
    "504": "It takes too long; narrow the filters or the question.",
}
_TEXT: dict[str, Any] = {"type": "string"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}


def openapi(site: str) -> dict[str, Any]:
    """The description of every route, OpenAPI 3.1. site: the server's address."""
    paths: dict[str, Any] = {each.name: {"get": _operation(each)} for each in CATALOGUE}
    for path, summary, media in (
        ("/health", "Whether the server lives, and what it has ready", "application/json"),
        ("/health/ready", "Whether it can answer readers: 200, else 503", "application/json"),
        ("/metrics", "Figures for Prometheus", "text/plain"),
        ("/openapi.json", "This description", "application/json"),
    ):
        answers = {"200": {"description": summary, "content": {media: {}}}}
        if path == "/health/ready":
            answers["503"] = {"description": "Not yet", "content": {media: {}}}
        paths[path] = {
            "get": {"summary": summary, "operationId": _called(path), "responses": answers | _refused("405")}
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "On Record",
            "version": "1",
            "summary": "What was said about China–Russia relations: who, when, in which words, and where it is printed",
            "description": "The same queries and parameters as the pages. docs/api.md explains them.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": site}],
        "paths": paths,
        "components": {
            "parameters": {each.name: _parameter(each) for each in SHARED},
            "schemas": {"Envelope": _envelope(), "Problem": _problem()},
        },
    }


def _operation(declared: Declared) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [_parameter(each) for each in declared.parameters]
    if declared.is_pinned:
        parameters += [{"$ref": f"#/components/parameters/{each.name}"} for each in SHARED]
    if "{id" in declared.path:
        about = {"name": "id", "in": "path", "required": True, "description": "An identifier."}
        parameters.insert(0, {**about, "schema": {"type": "string", "minLength": 1, "maxLength": 300}})
    is_json = declared.media == "application/json"
    content = {declared.media: {"schema": {"$ref": "#/components/schemas/Envelope"}} if is_json else {}}
    answers: dict[str, Any] = {
        "200": {"description": declared.summary, "content": content},
        "304": {"description": "Nothing has changed since the ETag that If-None-Match names."},
    }
    if {"profile", "document"} & {each.name for each in declared.parameters}:
        answers["307"] = {"description": "The one thing that was asked for has its own address."}
    return {
        "summary": declared.summary,
        "operationId": _called(declared.name),
        "parameters": parameters,
        "responses": answers | _refused(*_REFUSALS),
    }


def _called(path: str) -> str:
    return "_".join(part.strip("{}") for part in path.replace(".", "/").split("/") if part)


def _refused(*statuses: str) -> dict[str, Any]:
    schema = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _REFUSALS[status], "content": schema} for status in statuses}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    """One parameter as the description has it."""
    value: dict[str, Any] = {"type": "string", "maxLength": parameter.longest}
    if parameter.options:
        value["enum"] = list(parameter.options)
    if parameter.pattern is not None:
        value["pattern"] = f"^(?:{parameter.pattern})$"
    many = parameter.most > 1
    schema = {"type": "array", "items": value, "maxItems": parameter.most} if many else value
    told = [parameter.means]
    if parameter.default:
        told.append(f"Without it: {parameter.default}.")
    if parameter.draws:
        told.append("Only how the page is drawn: nothing changes here.")
    made = {"name": parameter.name, "in": "query", "description": " ".join(told), "schema": schema}
    return {**made, "style": "form", "explode": True} if many else made


def _envelope() -> dict[str, Any]:
    release = {"number": _COUNT, "published_at": _TEXT}
    address = {"type": ["string", "null"]}
    listed = dict.fromkeys(("total", "from", "to", "page", "pages"), _COUNT)
    return {
        "type": "object",
        "required": ["release", "query", "notes", "url", "html_url"],
        "properties": {
            "release": {"type": "object", "required": list(release), "properties": release},
            "query": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
            "notes": {
                "type": "array",
                "items": _TEXT,
                "description": "What was asked for and could not be used, as the page says it.",
            },
            "url": {**_TEXT, "description": "This answer, pinned to its release."},
            "html_url": {**address, "description": "The page that shows the same."},
            **listed,
            "next": {**address, "description": "The next page of the list."},
            "previous": address,
        },
    }


def _problem() -> dict[str, Any]:
    fields = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT, "parameter": _TEXT}
    return {"type": "object", "required": ["type", "title", "status", "detail"], "properties": fields}
