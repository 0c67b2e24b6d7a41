# The development identity provider alone, for the proof without Keycloak: a service's image and the embedded package.
FROM pospolu-registry:latest
COPY deploy/embedded/src/embedded /pospolu/app/embedded
COPY deploy/offline/identity.py /pospolu/
ENTRYPOINT ["python", "-P", "/pospolu/identity.py"]
CMD []
