"""The media types of the API's responses."""

from intersessional.infra.sse import sse_format

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"
EVENT_STREAM = sse_format.MEDIA_TYPE
