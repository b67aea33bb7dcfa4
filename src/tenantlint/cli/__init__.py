"""The command line: parse, call a job, report. Only this layer reads the clock, the environment, the terminal."""
