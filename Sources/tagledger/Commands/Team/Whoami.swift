import APITypes
import ArgumentParser
import Client

struct Whoami: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami",
    abstract: said(
      en: "As whom you act, and what you may do.",
      pt: "Como quem você age, e o que pode fazer.",
      fr: "En tant que qui vous agissez, et ce que vous pouvez faire."))

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
