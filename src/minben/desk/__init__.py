"""The staff shell (公務工作檯): queues, checks, responses, moderation, roles."""
