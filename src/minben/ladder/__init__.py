"""Which rung of the ladder of participation a process stands on (公民參與階梯).

Source: Sherry R. Arnstein, "A Ladder of Citizen Participation", Journal of the American Institute
of Planners 35 (1969), 216-224; the eight rungs in Chinese as the basic training of civil servants
names them.
"""
