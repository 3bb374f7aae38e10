"""Calls of data/support.proviso."""

import json

CALL = {"tool": "issue_refund", "principal": {"id": "ann", "roles": ["support_agent"]},
        "environment": "production", "time": "2026-11-20T15:00:00Z",
        "attributes": {"customer": {"tier": "gold"}}}


def receipt(amount, **changes):
    args = {"order_id": "A-1", "amount": {"amount": amount, "currency": "USD"}}
    return json.dumps({**CALL, "args": args, **changes})
