import APITypes
import ArgumentParser
import Client

struct CustomerFind: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find customers by part of the name, phone or reference.",
    discussion: "Exit code 3 when there is none.")

  @Argument(help: "Part of the name, or a phone number as people write it.")
  var text: String?

  @Option(help: ArgumentHelp("The customer's id in another system.", valueName: "id"))
  var ref: String?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if (text == nil) == (ref == nil) { throw ValidationError("Give a text or --ref.") }
  }

  func perform(in session: Session) async throws {
    let isPhone = text.map(Finder.looksLikePhone) ?? false
    try await session.list(
      customerColumns(session.words), limit: limits.limit(default: nil),
      none: .customerUnknown(text ?? ref ?? "")
    ) { limit, cursor in
      Paths.query(
        Paths.customers,
        [
          "q": isPhone ? nil : text, "phone": isPhone ? text : nil, "ref": ref,
          "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}
