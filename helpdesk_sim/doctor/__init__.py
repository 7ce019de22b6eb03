"""What is wrong with an installation, in words: each finding with what to do about it."""

from helpdesk_sim.doctor.examining import examine
from helpdesk_sim.doctor.finding import Finding

__all__ = ["Finding", "examine"]
