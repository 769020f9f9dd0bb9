"""A standalone Spark cluster on this machine: a master and two workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
ROOT = Path(__file__).resolve().parent.parent.parent
# Virtual machines that live for seconds: to compile little and to begin soon is worth more than speed.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"


class Cluster:
    """Starts with the object; `stop` ends it. Everything listens on the loopback address alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._daemons: list[subprocess.Popen[bytes]] = []
        self.port = _free_port()
        self.address = f"spark://127.0.0.1:{self.port}"
        master = ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(self.port)]
        self._start("master", [*master, "--webui-port", str(_free_port())])
        _wait(lambda: _listens(self.port))
        for number in (1, 2):
            worker = ["org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "-c", "2", "-m", "2g"]
            ports = ["--webui-port", str(_free_port()), "--work-dir", str(folder / f"work-{number}")]
            self._start(f"worker-{number}", [*worker, *ports, self.address])
        _wait(lambda: (folder / "master.log").read_text().count("Registering worker") == 2)

    def settings(self, *python_path: Path) -> dict[str, str]:
        """Spark's settings for an application that takes one core of each worker, so that two run side by side."""
        return {
            "spark.master": self.address,
            "spark.executor.memory": "512m",
            "spark.executor.cores": "1",
            "spark.cores.max": "2",
            "spark.default.parallelism": "2",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "512m",
            "spark.ui.enabled": "false",
            "spark.driver.extraJavaOptions": _JAVA,
            "spark.executor.extraJavaOptions": _JAVA,
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(map(str, (*python_path, ROOT))),
        }

    def environment(self) -> dict[str, str]:
        """What a driver needs in its environment, and by inheritance its executors; the cache of rules is shared."""
        own = {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_HOME": str(HOME)}
        return {**own, "PYTHONPATH": str(ROOT)}

    def submit(self, *arguments: object) -> subprocess.Popen[bytes]:
        """`spark-submit` of the project's job, in a process of its own."""
        flags = [part for name, value in self.settings().items() for part in ("--conf", f"{name}={value}")]
        job = ROOT / "extractor" / "spark" / "job.py"
        command = [HOME / "bin" / "spark-submit", *flags, job, *arguments]
        environment = {**os.environ, **self.environment()}
        with (self._folder / "driver.log").open("ab") as log:
            return subprocess.Popen([str(c) for c in command], env=environment, stdout=log, stderr=log)

    def log(self) -> str:
        """What the drivers said."""
        return (self._folder / "driver.log").read_text(errors="replace")

    def stop(self) -> None:
        """End all processes and wait for them."""
        for daemon in reversed(self._daemons):
            daemon.terminate()
        for daemon in self._daemons:
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def _start(self, name: str, arguments: list[str]) -> None:
        with (self._folder / f"{name}.log").open("wb") as log:
            command = [str(HOME / "bin" / "spark-class"), *arguments]
            environment = {
                **os.environ,
                **self.environment(),
                "SPARK_DAEMON_MEMORY": "256m",
                "SPARK_DAEMON_JAVA_OPTS": _JAVA,
            }
            self._daemons.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))


def processes(words: str, under: int | None = None) -> list[int]:
    """Numbers of the running processes whose command line holds `words`, of those below process `under` if given."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if words in line and (under is None or under in _ancestors(int(folder.name))):
                found.append(int(folder.name))
    return found


def _ancestors(number: int) -> Iterator[int]:
    while number > 1:
        try:
            stat = Path(f"/proc/{number}/stat").read_text()
        except OSError:
            return
        number = int(stat.rpartition(")")[2].split()[1])
        yield number


def kill(numbers: list[int]) -> int:
    """Kill these processes; how many there were to kill."""
    killed = 0
    for number in numbers:
        try:
            os.kill(number, signal.SIGKILL)
            killed += 1
        except ProcessLookupError:
            continue
    return killed


def _wait(ready, seconds: float = 90) -> None:
    for _ in range(int(seconds * 10)):
        if ready():
            return
        time.sleep(0.1)
    raise TimeoutError("the cluster did not come up")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
