import APITypes
import ArgumentParser
import Client

struct CustomerFind: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find customers by part of the name, phone or reference.",
    discussion: "Exit code 3 when there is none.")

  @Argument(help: "Part of the name, or a phone number as people write it.")
  var text: String?

  @Option(help: ArgumentHelp("The phone number, as people write it.", valueName: "number"))
  var phone: String?

  @Option(help: ArgumentHelp("The customer's id in another system.", valueName: "id"))
  var ref: String?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let given = [text, phone, ref].compactMap(\.self)
    guard given.count == 1 else { throw ValidationError("Give a text, --phone or --ref.") }
  }

  func perform(in session: Session) async throws {
    let isPhone = text.map(Finder.looksLikePhone) ?? false
    let phone = isPhone ? text : phone
    try await session.list(
      customerColumns(session.words), limit: limits.limit(default: nil),
      none: .customerUnknown(text ?? phone ?? ref ?? "")
    ) { limit, cursor in
      Paths.query(
        Paths.customers,
        [
          "q": isPhone ? nil : text, "phone": phone, "ref": ref,
          "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}
