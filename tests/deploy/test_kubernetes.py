"""docs/deploy/kubernetes: valid by the schema of Kubernetes, and saying what this product needs."""

import re
import subprocess
from typing import Any

import kubernetes_validate
import pytest

from tests.deploy.files import ROOT, documents, parts, variables

FOLDER = ROOT / "docs" / "deploy" / "kubernetes"
MANIFESTS = [
    document
    for file in sorted((FOLDER / "base").glob("*.yaml"))
    if file.name != "kustomization.yaml"
    for document in documents(file)
]
SERVED = ("chat", "web")
DRAIN_S = 10


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    """Manifests by name."""
    return {each["metadata"]["name"]: each for each in MANIFESTS if each["kind"] == kind}


def pod_of(manifest: dict[str, Any]) -> dict[str, Any]:
    return manifest["spec"]["template"]["spec"]


WORK = of_kind("Deployment") | of_kind("Job")
CONTAINERS = {name: pod_of(manifest)["containers"][0] for name, manifest in WORK.items()}


def has_kustomize() -> bool:
    """`kubectl kustomize` takes patches as written here since 1.21; Debian 12 has an older one."""
    try:
        told = subprocess.run(["kubectl", "version", "--client"], capture_output=True, text=True).stdout
    except FileNotFoundError:
        return False
    return bool(re.search(r"Kustomize Version: v[5-9]", told))


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda each: f"{each['kind']}/{each['metadata']['name']}")
def test_it_is_valid_by_the_schema(manifest):
    kubernetes_validate.validate(manifest, "1.37", strict=True)


def test_the_base_takes_each_file():
    (base,) = documents(FOLDER / "base" / "kustomization.yaml")
    files = {file.name for file in (FOLDER / "base").glob("*.yaml")} - {"kustomization.yaml"}
    assert set(base["resources"]) == files


@pytest.mark.skipif(not has_kustomize(), reason="needs kubectl with kustomize 5")
def test_staging_is_the_base_in_small_at_an_address_of_its_own():
    folder = FOLDER / "overlays" / "staging"
    rendered = subprocess.run(["kubectl", "kustomize", str(folder)], capture_output=True, text=True)
    assert rendered.returncode == 0 and not rendered.stderr, rendered.stderr
    file = rendered.stdout.strip()
    assert "host: helpdesk.example.com" not in file and "host: staging.helpdesk.example.com" in file
    assert file.count("\n---\n") + 1 == len(MANIFESTS)
    assert set(re.findall(r"^  maxReplicas: (\d+)", file, re.M)) == {"3"}
    assert set(re.findall(r"image: (\S+)", file)) == {"helpdesk-simulator:staging"}
    assert "TRUSTED_PROXIES" in file, "what staging does not change is the base's"


def test_every_part_of_a_production_installation_is_there():
    assert set(WORK) == parts() - {"health", "manage"}
    assert all(CONTAINERS[name]["args"] == [name] for name in WORK)


def test_the_environment_is_known_to_us_and_holds_no_secret():
    (config,) = of_kind("ConfigMap").values()
    assert set(config["data"]) <= variables()
    assert not {name for name in config["data"] if "SECRET" in name or name.endswith("_URL")} - {"SITE_URL"}
    for container in CONTAINERS.values():
        assert container["envFrom"] == [
            {"configMapRef": {"name": "helpdesk"}},
            {"secretRef": {"name": "helpdesk"}},
        ]


@pytest.mark.parametrize("name", SERVED)
def test_three_of_what_people_reach_and_one_may_go_at_a_time(name):
    scaler = of_kind("HorizontalPodAutoscaler")[name]["spec"]
    assert scaler["minReplicas"] == 3 and scaler["scaleTargetRef"]["name"] == name
    budget = of_kind("PodDisruptionBudget")[name]["spec"]
    assert budget["maxUnavailable"] == 1
    assert of_kind("Deployment")[name]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


@pytest.mark.parametrize("name", sorted(set(WORK) - {"beat"}))
def test_it_asks_for_512_mib_and_may_take_1_gib(name):
    resources = CONTAINERS[name]["resources"]
    assert (resources["requests"]["memory"], resources["limits"]["memory"]) == ("512Mi", "1Gi")
    assert resources["requests"]["cpu"]


@pytest.mark.parametrize("name", SERVED)
@pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe", "readinessProbe"])
def test_it_is_asked_whether_it_lives_and_whether_it_is_ready(name, probe):
    asked = CONTAINERS[name][probe]["httpGet"]
    assert asked["path"] == ("/health/ready" if probe == "readinessProbe" else "/health/live")
    assert asked["port"] == CONTAINERS[name]["ports"][0]["name"]


@pytest.mark.parametrize("name", SERVED)
def test_its_grace_is_longer_than_it_takes_to_leave(name):
    pause = CONTAINERS[name]["lifecycle"]["preStop"]["sleep"]["seconds"]
    graceful = int(re.search(r"--graceful-timeout (\d+)", (ROOT / "script" / "run").read_text())[1])
    needs = {"chat": DRAIN_S, "web": graceful}[name]
    assert pod_of(WORK[name])["terminationGracePeriodSeconds"] >= pause + needs + 5


def test_there_is_one_beat_and_never_two():
    beat = of_kind("Deployment")["beat"]["spec"]
    assert beat["replicas"] == 1 and beat["strategy"] == {"type": "Recreate"}


def test_what_is_scaled_is_not_counted_elsewhere():
    for name in of_kind("HorizontalPodAutoscaler"):
        assert "replicas" not in of_kind("Deployment")[name]["spec"]


@pytest.mark.parametrize("name", sorted(WORK))
def test_it_may_do_nothing_that_it_need_not(name):
    pod, container = pod_of(WORK[name]), CONTAINERS[name]
    user = int(re.search(r"--uid (\d+)", (ROOT / "Dockerfile").read_text())[1])
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] == user
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["volumeMounts"] == [{"name": "scratch", "mountPath": "/tmp"}]


def test_whatever_chooses_pods_chooses_those_that_are_there():
    labels = {name: manifest["spec"]["template"]["metadata"]["labels"] for name, manifest in WORK.items()}
    for manifest in MANIFESTS:
        name, spec = manifest["metadata"]["name"], manifest.get("spec", {})
        if manifest["kind"] == "Service":
            assert spec["selector"] == labels[name]
            assert spec["ports"][0]["targetPort"] == CONTAINERS[name]["ports"][0]["name"]
        elif manifest["kind"] in ("Deployment", "PodDisruptionBudget"):
            assert spec["selector"]["matchLabels"] == labels[name]
        elif manifest["kind"] == "NetworkPolicy":
            chosen = spec["podSelector"]
            assert all(chosen["matchLabels"].items() <= label.items() for label in labels.values())
            for expression in chosen.get("matchExpressions", []):
                assert set(expression["values"]) <= set(WORK)


def test_sockets_go_to_chat_and_are_left_open_while_they_are_quiet():
    (ingress,) = of_kind("Ingress").values()
    routes = {
        path["path"]: path["backend"]["service"]["name"]
        for path in ingress["spec"]["rules"][0]["http"]["paths"]
    }
    assert routes == {"/ws/": "chat", "/": "web"}
    assert int(ingress["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-read-timeout"]) >= 60
