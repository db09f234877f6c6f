"""What is not there or not allowed is told in the caller's form and language."""

import json

import pytest
from django.test import Client

from opsdesk.accounts.roles import Role
from tests.builders import a_user
from tests.kit.browser import signed_in

pytestmark = pytest.mark.django_db


def test_an_unknown_api_path_is_a_problem(client: Client) -> None:
    response = client.get("/api/v1/unicorns/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(response.content)["code"] == "not_found"


def test_an_unknown_page_is_a_page(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "<h1>Not found</h1>" in response.content.decode()


def test_a_page_that_is_not_ones_own_is_refused_with_a_page() -> None:
    response = signed_in(a_user(Role.WAREHOUSE)).get("/admin/parameters/")
    assert response.status_code == 403
    assert "<h1>Not allowed</h1>" in response.content.decode()


def test_a_wrong_method_is_a_problem(client: Client) -> None:
    response = client.delete("/api/v1/orders/")
    assert response.status_code == 401


def test_every_answer_carries_its_id_and_the_security_policy(client: Client) -> None:
    response = client.get("/health/live/")
    assert response["X-Request-Id"].startswith("req_")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
