"""Collaboration meetings and workshops (協作會議、工作坊), from topic to released action.

Source: 行政院及所屬各機關開放政府聯絡人實施要點; what the rule leaves open follows the practice the
participation officers' published transcripts tell of (開放政府聯絡人工作推動會議, 2017 to 2020).
"""
