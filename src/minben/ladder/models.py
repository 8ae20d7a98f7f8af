"""Which rung of the ladder of participation a process stands on (公民參與階梯)."""
