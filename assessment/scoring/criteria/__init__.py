"""What is asked of an attempt: one class for each row of the scorecard. They read the record and the notes, never the advice."""
