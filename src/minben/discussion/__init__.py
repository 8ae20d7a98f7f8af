"""Discussion (討論): comments for and against, moderation with reasons, uploaded evidence."""
