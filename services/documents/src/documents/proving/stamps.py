"""Signatures of time-stamps (RFC 3161) beside bundles, checked against roots that the auditor brings."""

from collections.abc import Mapping, Sequence

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from documents.proving.verify import Fault


def stamp_faults(files: Mapping[str, bytes], bundles: Sequence[str], roots: bytes) -> list[Fault]:
    """Return the stamps that no authority under the roots (PEM) made of their bundle's head.

    The certificates have to be good at the time of the stamp. Raises `ValueError` where there is no root.
    """
    builder = VerifierBuilder()
    for root in load_pem_x509_certificates(roots):
        builder = builder.add_root_certificate(root)
    verifier = builder.build()
    found = []
    for name in bundles:
        head = files[name].split(b"\n", 1)[0]
        try:
            answer = decode_timestamp_response(files[name.removesuffix(".ndjson") + ".tsr"])
            verifier.verify_message(answer, head)
        except (ValueError, VerificationError):
            found.append(Fault(code="stamp-not-trusted", bundle=name))
    return found
