"""A kind of group that an import defines works like the built-in ones."""

from intersessional.infra.backend import Backend
from intersessional.infra.importer.history import parse_history
from tests.composed import composed_schema
from tests.infra.importer.core_backend import import_and_wait, query_data

NETWORKS = """\
history: networks
entries:
  - key: source
    command: ListSource
    occurred: 2021
    sources: [a-source]
    fields: {key: a-source, title: A source}
  - key: policy-network
    command: DefineGroupKind
    occurred: 2021-01
    sources: [a-source]
    fields: {key: POLICY_NETWORK, name: Policy Network, proposed: true, windowed: true}
  - key: cycle
    command: OpenCycle
    occurred: 2021-02
    sources: [a-source]
    fields: {year: 2021}
  - key: environment
    command: MootProposal
    occurred: 2021-03
    sources: [a-source]
    fields: {year: 2021, group_kind: POLICY_NETWORK, title: Environment}
  - key: selection
    command: RecordDecision
    occurred: 2021-04
    sources: [a-source]
    fields:
      year: 2021
      statement: There is a policy network.
      outcomes:
        - key: group
          approve: {proposal: environment, group_name: PN on Environment}
        - establish: {kind: WORKING_GROUP, name: A working group}
  - key: capped
    command: DefineGroupKind
    occurred: 2022-01
    sources: [a-source]
    fields:
      key: POLICY_NETWORK
      name: Policy Networks
      proposed: true
      windowed: true
      capped_by: POLICY_NETWORK_CAP
"""

KIND = "key name proposed cappedBy windowed"

IMPORTED = f"""
query Networks {{ cycle(year: 2021) {{
  bpfCapUsed
  proposals(kind: "POLICY_NETWORK") {{ nodes {{ title state groupKind {{ {KIND} }} }} }}
  groups(kind: "POLICY_NETWORK") {{ totalCount nodes {{ name kind {{ {KIND} }} }} }} }} }}"""

KINDS = "query Kinds($asOf: AsOfInput) { groupKinds(asOf: $asOf) { key name version cappedBy } }"

NETWORK = {
    "key": "POLICY_NETWORK",
    "name": "Policy Networks",
    "proposed": True,
    "cappedBy": "POLICY_NETWORK_CAP",
    "windowed": True,
}


async def test_groups_of_an_imported_kind_are_proposed_approved_and_listed(
    backend: Backend,
) -> None:
    await import_and_wait(backend, parse_history("networks.yaml", NETWORKS))

    answer = await query_data(backend, IMPORTED)

    assert answer["cycle"] == {
        "bpfCapUsed": 0,
        "proposals": {
            "nodes": [{"title": "Environment", "state": "APPROVED", "groupKind": NETWORK}]
        },
        "groups": {"totalCount": 1, "nodes": [{"name": "PN on Environment", "kind": NETWORK}]},
    }


async def test_kinds_are_the_built_in_ones_and_those_of_the_record(backend: Backend) -> None:
    await import_and_wait(backend, parse_history("networks.yaml", NETWORKS))

    now = (await query_data(backend, KINDS))["groupKinds"]
    in_2021 = (await query_data(backend, KINDS, asOf={"occurred": "2021-06-01T00:00:00Z"}))[
        "groupKinds"
    ]

    built_in = ["BPF", "CENB", "DYNAMIC_COALITION", "NRI", "WORKING_GROUP", "AD_HOC"]
    assert [kind["key"] for kind in now] == [*built_in, "POLICY_NETWORK"]
    assert now[0] == {
        "key": "BPF",
        "name": "Best Practice Forum",
        "version": 0,
        "cappedBy": "BPF_CAP",
    }
    assert (now[-1]["name"], now[-1]["cappedBy"]) == ("Policy Networks", "POLICY_NETWORK_CAP")
    assert (in_2021[-1]["name"], in_2021[-1]["cappedBy"]) == ("Policy Network", None)


async def test_list_of_an_unknown_kind_has_a_code(backend: Backend) -> None:
    await import_and_wait(backend, parse_history("networks.yaml", NETWORKS))

    answer = await composed_schema(backend.composition).execute(
        '{ cycle(year: 2021) { groups(kind: "GUILD") { totalCount } } }',
        context_value=backend.context(),
    )

    assert answer.data == {"cycle": {"groups": None}}
    assert [error.extensions for error in answer.errors or ()] == [{"code": "UNKNOWN_GROUP_KIND"}]
