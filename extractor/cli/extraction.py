"""`extractor extract`."""

from __future__ import annotations

import contextlib
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import RulesOption, fail, leave

if TYPE_CHECKING:
    from extractor.readers.items import Options
    from extractor.run.progress import Progress
    from extractor.run.session import Session

_INPUT, _OUTPUT, _RUN = "Input", "Output", "Long runs"


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders of these, - for standard input: text, HTML, JSON, JSON Lines, CSV, TSV, Parquet, "
            "Telegram Desktop's result.json, RSS, Atom, WARC; each of them also with .gz."
        ),
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="The format of all input, where suffix and content do not tell: text, html, jsonl, json, csv, tsv, "
            "parquet, telegram, feed or warc.",
            rich_help_panel=_INPUT,
        ),
    ] = None,
    text_column: Annotated[
        str | None,
        typer.Option(help="Column or key of the text; else guessed: text, body, content …", rich_help_panel=_INPUT),
    ] = None,
    id_column: Annotated[str | None, typer.Option(help="The same for the id.", rich_help_panel=_INPUT)] = None,
    title_column: Annotated[str | None, typer.Option(help="The same for the title.", rich_help_panel=_INPUT)] = None,
    date_column: Annotated[
        str | None, typer.Option(help="The same for the date of publication.", rich_help_panel=_INPUT)
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="json, jsonl, csv, geojson; with --output also parquet and sqlite. Else the suffix of --output tells.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="A file, written whole or not at all; an SQLite file that is there takes the documents in.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Keep each text in its record.", rich_help_panel=_OUTPUT)
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.", rich_help_panel=_OUTPUT)
    ] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Continue the run that was broken off, if one was.", rich_help_panel=_RUN),
    ] = False,
    workers: Annotated[
        int,
        typer.Option(min=0, help="Worker processes, supervised; 0: all in this process.", rich_help_panel=_RUN),
    ] = 0,
    unordered: Annotated[
        bool,
        typer.Option("--unordered", help="Records as they come, not in input order.", rich_help_panel=_RUN),
    ] = False,
    time_limit: Annotated[
        float,
        typer.Option(min=0, help="Seconds that one document may take; 0: no limit.", rich_help_panel=_RUN),
    ] = 60,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say failures alone.", rich_help_panel=_RUN)] = False,
    rules: RulesOption = None,
) -> None:
    """Read claims out of documents. Standard output carries data alone; messages go to standard error."""
    from extractor.engine import Extractor
    from extractor.readers.documents import FORMATS, Meter, read_items, size_of
    from extractor.readers.items import Columns, Options
    from extractor.rules.problems import RuleError
    from extractor.run.progress import Progress, watched
    from extractor.run.session import Session
    from extractor.run.stop import Stop, Stopped
    from extractor.run.task import Task

    form = _form(form, output, resume=resume)
    if source is not None and source not in FORMATS:
        raise fail(f"--from {source!r} is not one of {', '.join(FORMATS)}")
    options = Options(source, Columns(text_column, id_column, title_column, date_column))
    try:
        extractor = Extractor(rules or ())
    except RuleError as error:
        raise fail(str(error)) from None
    stop = Stop()
    with stop.listening():
        progress: Progress | None = None
        try:
            bar = not quiet and watched(sys.stderr, to_stdout=output is None)
            meter = Meter(size_of(paths) if bar else 0)
            progress = Progress(sys.stderr, bar=bar, quiet=quiet, total=meter.total, position=meter.done)
            task = Task(extractor, limit=time_limit, with_text=with_text or form == "sqlite")
            items = read_items(paths, sys.stdin.buffer, options, meter)
            session = Session(items, task, progress, stop, workers=workers, ordered=not unordered)
            if output is None:
                _to_stdout(session, form, bom=bom)
            else:
                run = _fingerprint(rules, options, with_text=with_text or form == "sqlite")
                _to_file(session, output, form, run, resume=resume, bom=bom)
            progress.close(finished=True)
        except (BrokenPipeError, Stopped, KeyboardInterrupt) as end:
            if progress is not None:
                progress.close(finished=False)
                if isinstance(end, Stopped) and output is not None:
                    progress.say(f"broken off; what was done is kept beside {output}: --resume continues")
            if not isinstance(end, BrokenPipeError):
                with contextlib.suppress(OSError):
                    sys.stdout.buffer.flush()  # whole lines, where one was half out
            leave(128 + _signal(end))
        finally:
            if progress is not None:
                progress.close(finished=False)
    if progress.failures:
        raise typer.Exit(1)


def _form(form: str | None, output: Path | None, *, resume: bool) -> str:
    """The format of output. Raises the exit of wrong use."""
    from extractor.writers.forms import FILES, FORMATS, SUFFIXES

    if form is None:
        form = "json" if output is None else SUFFIXES.get(output.suffix.lower())
        if form is None:
            raise fail(f"--output {output}: its suffix is none of {', '.join(SUFFIXES)}: name the format with --format")
    if form not in FORMATS:
        raise fail(f"--format {form!r} is not one of {', '.join(FORMATS)}")
    if output is None and form in FILES:
        raise fail(f"--format {form} needs a file: name one with --output")
    if output is None and resume:
        raise fail("--resume needs a file that was being written: name it with --output")
    if output is not None and not output.parent.is_dir():
        raise fail(f"{output}: the folder {output.parent} does not exist")
    if output is not None and output.is_dir():
        raise fail(f"{output}: a folder; name a file in it")
    if output is not None and output.exists() and not output.is_file():
        raise fail(f"{output}: no regular file, and a file would take its place; leave out --output to pipe")
    if form == "parquet":
        from extractor.readers.extras import need
        from extractor.readers.items import InputError

        try:
            need("parquet", "writing Parquet")
        except InputError as error:
            raise fail(str(error)) from None
    return form


def _to_stdout(session: Session, form: str, *, bom: bool) -> None:
    try:
        session.to_stream(sys.stdout.buffer, form, bom=bom)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk
        typer.echo(f"standard output: could not be written: {error.strerror or error}", err=True)
        leave(2)


def _to_file(session: Session, output: Path, form: str, run: bytes, *, resume: bool, bom: bool) -> None:
    from extractor.readers.items import InputError
    from extractor.run.journal import JournalError

    try:
        session.to_file(output, form, run, resume=resume, bom=bom)
    except (JournalError, InputError) as error:
        raise fail(str(error)) from None
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise fail(f"{output}: could not be written: {error.strerror or error}") from None


def _fingerprint(rules: list[Path] | None, options: Options, *, with_text: bool) -> bytes:
    """A digest of what the records depend on beside the documents."""
    from extractor import __version__
    from extractor.rules.cache import shipped_rules
    from extractor.rules.sources import read_files
    from extractor.run.session import fingerprint

    files = read_files([shipped_rules(), *(rules or ())])
    return fingerprint(__version__, options, with_text, sorted(files.items()))


def _signal(end: BaseException) -> int:
    from extractor.run.stop import Stopped

    if isinstance(end, Stopped):
        return end.number
    return signal.SIGPIPE if isinstance(end, BrokenPipeError) else signal.SIGINT
