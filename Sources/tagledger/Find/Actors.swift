import APITypes
import Client

/// Names of those who act, for people: operators by what the team calls them, users by their login.
struct Actors: Sendable {
  /// Of operators, by id.
  private var names: [Int32: String] = [:]

  /// As the log has an actor where nobody knows a name.
  func name(of actor: String) -> String {
    guard actor.hasPrefix("operator:"), let id = Int32(actor.dropFirst("operator:".count)) else {
      return Login.name(of: actor)
    }
    return names[id] ?? actor
  }
}

extension Session {
  /// Nobody's name where programs read, and only one's own for who may not see the team.
  func actors() async -> Actors {
    guard format == .text, !quiet else { return Actors() }
    return await Actors(client)
  }
}

extension Actors {
  /// What the daemon does not tell is left out: a list is shown all the same.
  fileprivate init(_ client: Client) async {
    if let team: TeamDocument = try? await client.get(Paths.team) {
      names = Dictionary(team.operators.map { ($0.id, $0.name) }) { $1 }
    } else if let me: Me = try? await client.get(Paths.me), let name = me.name {
      if let id = Int32(me.actor.dropFirst("operator:".count)) { names = [id: name] }
    }
  }
}
