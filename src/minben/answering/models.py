"""The government's dealings with a case that reached: plan, contact, answer, survey (處理、聯繫、回應)."""
