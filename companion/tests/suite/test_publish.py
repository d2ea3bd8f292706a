"""A project's own test, run under the recorder by another test."""

from django.test import TestCase


class Publish(TestCase):
    def test_it_answers(self):
        self.assertEqual(self.client.post("/publish/").status_code, 201)
