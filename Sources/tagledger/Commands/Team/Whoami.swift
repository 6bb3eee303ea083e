import APITypes
import ArgumentParser
import Client

struct Whoami: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "As whom you act, and what you may do.")

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let me: Me = try await session.client.get(Paths.me)
    session.show(me, meColumns) {
      var entry = Entry()
      entry.add(session.words.name, me.name ?? Login.name(of: me.actor), .bold)
      entry.add(session.words.actor, "\(me.actor) (\(me.via))")
      entry.add(session.words.permissions, me.permissions.joined(separator: " "))
      for part in me.limited {
        let permissions = part.permissions.joined(separator: " ")
        entry.add("", "\(part.category)-*: \(permissions)")
      }
      for grant in me.grants { entry.add(session.words.role, session.words.tell(grant)) }
      return entry.text(session.paint)
    }
  }
}
