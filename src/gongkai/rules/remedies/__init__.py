"""Remedies as law (复议、诉讼、投诉): terms of the organ, forms of decision and what they entail, evidence, complaints."""
