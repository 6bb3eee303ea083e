import APITypes
import ArgumentParser
import Client

struct WhyCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: said(
      en: "Why a customer has a tag, and how they got and lost it.",
      pt: "Por que um cliente tem uma etiqueta, e como a recebeu e perdeu.",
      fr: "Pourquoi un client a une étiquette, et comment il l’a reçue et perdue."),
    discussion: said(
      en: """
        Goes from the application back to the command, the file or the merge that it came from, and \
        tells every time it was got and lost.
        """,
      pt: """
        Vai da aplicação da etiqueta de volta ao comando, ao arquivo ou à união de onde ela veio, \
        e conta cada vez que foi recebida e perdida.
        """,
      fr: """
        Remonte de la pose de l’étiquette à la commande, au fichier ou à la fusion d’où elle \
        vient, et dit chaque fois qu’elle a été reçue et perdue.
        """))

  @Argument(help: .customer)
  var customer: String

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let finder = session.finder(asOf: seq)
    let customer = try await finder.customer(customer)
    let tag = try await finder.pastTag(tag)
    let found: Explanation = try await session.client.get(
      Paths.query(Paths.why(customer.id, tag), ["as_of": seq]))
    switch session.format {
    case .json: session.print(JSONText.pretty(found))
    case .ndjson: session.print(JSONText.line(found))
    case .csv:
      var listing = Listing(session, columns: turnColumns)
      listing.add(found.turns)
      listing.finish()
    case .text: tell(found, session)
    }
  }

  private var turnColumns: [Column<Explanation.Turn>] {
    [
      Column("", "seq") { String($0.change.seq) },
      Column("", "turn") { $0.kind.rawValue },
      Column("", "at") { $0.change.at },
      Column("", "actor") { $0.change.actor },
      Column("", "why") { $0.why.kind.rawValue },
      Column("", "file") { $0.why.file },
      Column("", "reason") { $0.change.reason },
      Column("", "command") { $0.change.command },
      Column("", "sentence") { $0.change.sentence },
    ]
  }

  private func tell(_ found: Explanation, _ session: Session) {
    guard !session.quiet else {
      return session.terminal.out(found.chain.map { "\($0.seq)\n" }.joined())
    }
    session.print(session.paint(sentence(found, session.words), .bold))
    for (index, change) in found.chain.enumerated() {
      session.print(String(repeating: "  ", count: index) + "← " + line(change, session))
    }
    guard found.turns.count > 1 else { return }
    session.print("\n" + session.paint(session.words.turns, .dim))
    for turn in found.turns {
      let sign = turn.kind == .gained ? "+" : "−"
      session.print("\(sign) \(line(turn.change, session))")
      if let cause = turn.cause { session.print("    ← \(line(cause, session))") }
    }
  }

  private func line(_ change: Change, _ session: Session) -> String {
    let time = LocalTime(change.at)?.shown(session.words.language) ?? change.at
    let reason = change.reason.map { " — \($0)" } ?? ""
    return session.paint("\(change.seq)  \(time)  ", .dim) + told(change, session.words) + reason
  }

  /// The daemon does not know the reader's clock; the time that its sentence ends with is told by it.
  private func sentence(_ found: Explanation, _ words: Words) -> String {
    guard let turn = found.turns.last?.change,
      let time = LocalTime(turn.occurred ?? turn.at)?.shown(words.language)
    else { return found.sentence }
    return found.sentence.replacing(turn.occurred ?? turn.at, with: time)
  }
}
