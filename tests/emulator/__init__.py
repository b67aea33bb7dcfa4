"""A loopback server that behaves like Microsoft's services, answering from a snapshot."""

from tests.emulator.emulator import Emulator, running_emulator

__all__ = ["Emulator", "running_emulator"]
