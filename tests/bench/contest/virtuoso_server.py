"""Virtuoso 7 as Debian packages it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.contest.contestant import Contestant, Unavailable, free_port, run

_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
LiteMode = 0
DisableUnixSocket = 1
MaxClientConnections = 40
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}
IndexTreeMaps = 64
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
ThreadsPerQuery = 2
AsyncQueueMaxThreads = 4
NumberOfBuffers = 200000
MaxDirtyBuffers = 150000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
MaxClientConnections = 40
ServerThreads = 40
MaxKeepAlives = 40
KeepAliveTimeout = 60
Charset = UTF-8
EnabledDavVSP = 0
[SPARQL]
MaxQueryCostEstimationTime = 100000
MaxQueryExecutionTime = 100000
"""


class Virtuoso(Contestant):
    """With 1.6 GB of buffers. Its union also holds graphs of its own, so that counts over everything are larger."""

    name = "virtuoso"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        found, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
        if found is None or client is None:
            raise Unavailable("not installed (Debian: virtuoso-opensource-7)")
        self._program, self._client = found, client
        self._sql = free_port()
        ini = _INI.format(sql=self._sql, http=self.port, folder=folder)
        (folder / "virtuoso.ini").write_text(ini, "utf-8")

    def load(self, data: Path) -> None:
        """Its loader wants a running server."""
        link = self.folder / "load.nq"
        link.unlink(missing_ok=True)
        shutil.copy(data, link)
        self.start()
        try:
            graph = "https://w3id.org/vakgraaf/graph/none"
            self._sql_run(f"ld_dir('{self.folder}', 'load.nq', '{graph}');")
            self._sql_run("rdf_loader_run();")
            self._sql_run("checkpoint;")
            failed = self._sql_run("SELECT ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;")
            if "0 Rows" not in failed:
                raise Unavailable(f"loading: {failed[-300:]}")
        finally:
            self.stop()
            link.unlink()

    def _sql_run(self, statement: str) -> str:
        return run([self._client, f"127.0.0.1:{self._sql}", "dba", "dba", f"exec={statement}"])

    def command(self) -> Sequence[str]:
        return (self._program, "+configfile", "virtuoso.ini", "+foreground")
