"""Every kind of fault by its name. Each blocks until its fault is over; recovery is what comes after."""

from bench.faults_parts.kinds import clients, postgres, processes, redis, work
from bench.faults_parts.kinds.base import KINDS, Fault

__all__ = ["KINDS", "Fault", "clients", "postgres", "processes", "redis", "work"]
