"""What is said and drawn at a meeting: issue sheet, questions, concepts, transcript (議題分析、提問、逐字紀錄)."""
