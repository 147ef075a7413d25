"""The websocket's door: our own pages open it, and what no page asks never reaches Streamlit."""

from __future__ import annotations

import pytest
from anyio.from_thread import start_blocking_portal
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from door.guard import Door

OPERATIONS = ("deferred_file", "dataframe_chunk", "install_skills", "dismiss_skills_nudge")


def frame(kind: str) -> bytes:
    message = BackMsg()
    if kind == "rerun_script":
        message.rerun_script.query_string = "q=gas"
    elif kind == "file_urls_request":
        message.file_urls_request.request_id = "1"
    elif kind in OPERATIONS:
        getattr(message.backend_operation_request, kind).SetInParent()
    else:
        setattr(message, kind, True)
    return message.SerializeToString()


def through(origin: str | None, *frames: bytes | str) -> tuple[list[str], list[dict]]:
    """What of the frames reached Streamlit, by kind, and what was sent to whoever opened the websocket."""
    reached: list[str] = []
    sent: list[dict] = []
    coming = [{"type": "websocket.connect"}]
    coming += [{"type": "websocket.receive", "text" if isinstance(each, str) else "bytes": each} for each in frames]
    coming.append({"type": "websocket.disconnect", "code": 1000})

    async def receive():
        return coming.pop(0)

    async def send(message):
        sent.append(message)

    async def streamlit(scope, receive, send):
        while (message := await receive())["type"] != "websocket.disconnect":
            if message["type"] == "websocket.receive":
                read = BackMsg()
                try:
                    read.ParseFromString(message["bytes"])
                    kind = str(read.WhichOneof("type"))
                    is_operation = kind == "backend_operation_request"
                    reached.append(str(read.backend_operation_request.WhichOneof("payload")) if is_operation else kind)
                except Exception:
                    reached.append("no message")

    headers = [(b"host", b"record.example:8501"), *([(b"origin", origin.encode())] if origin is not None else [])]
    with start_blocking_portal() as portal:
        portal.call(
            Door(streamlit), {"type": "websocket", "path": "/_stcore/stream", "headers": headers}, receive, send
        )
    return reached, sent


def test_what_pages_ask_passes_and_what_would_tell_or_undo_does_not():
    ours = ["rerun_script", "stop_script", "app_heartbeat", "file_urls_request", *OPERATIONS[:2]]
    others = ["load_git_info", "clear_cache", "set_run_on_save", "debug_shutdown_runtime", "debug_disconnect_websocket"]
    others += OPERATIONS[2:]
    kinds = {each.name for each in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}
    operation = BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"].message_type
    kinds |= {each.name for each in operation.oneofs_by_name["payload"].fields}
    assert kinds - {"backend_operation_request"} == {*ours, *others}, "whatever there is has been judged"
    reached, sent = through("http://record.example:8501", *map(frame, [*others, *ours, *others]))
    assert (reached, sent) == (ours, [])


def test_nobody_is_told_where_the_program_lies_and_what_the_machine_is():
    begun = ForwardMsg()
    begun.new_session.main_script_path = "/srv/secret/on-record/app.py"
    begun.new_session.initialize.user_info.installation_id_v3 = "this machine's number"
    begun.new_session.initialize.environment_info.server_os = "Linux"
    begun.new_session.initialize.environment_info.streamlit_version = "1.67.0"
    begun.new_session.initialize.session_id = "a session"
    words = ForwardMsg()
    words.delta.new_element.markdown.body = "the file app.py in /srv"
    sent = []

    async def streamlit(scope, receive, send):
        for each in (begun, words):
            await send({"type": "websocket.send", "bytes": each.SerializeToString()})

    async def send(message):
        sent.append(ForwardMsg.FromString(message["bytes"]))

    with start_blocking_portal() as portal:
        portal.call(Door(streamlit), {"type": "websocket", "path": "/_stcore/stream", "headers": []}, None, send)
    told = sent[0].new_session
    assert (told.main_script_path, told.initialize.session_id) == ("app.py", "a session")
    assert told.initialize.environment_info.streamlit_version == "1.67.0", "by which browsers see that they are old"
    assert not [each for each in ("/srv", "number", "Linux") if each in str(sent[0])]
    assert sent[1] == words


def test_what_is_no_message_is_streamlit_s_to_end_and_text_reaches_nobody():
    assert through("http://record.example:8501", b"\xff\xff", "text")[0] == ["no message"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://record.example", "http://record.example:8501.evil.example",
               "http://evil.example/record.example:8501", "http://[bad", "http://localhost", "http://127.0.0.1"]
)  # fmt: skip
def test_a_page_from_elsewhere_is_turned_away_before_streamlit_hears_of_it(origin):
    assert through(origin, frame("rerun_script")) == ([], [{"type": "websocket.close", "code": 1008}])


@pytest.mark.parametrize("origin", ["http://record.example:8501", "https://record.example:8501", None])
def test_our_own_pages_and_programs_come_in(origin):
    assert through(origin, frame("rerun_script"))[0] == ["rerun_script"]
