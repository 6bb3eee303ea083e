import APITypes
import ArgumentParser

/// What is known of a customer beside the name.
struct CustomerFields: ParsableArguments {
  @Option(
    help: ArgumentHelp("As people write it; stored as E.164.", valueName: "number"))
  var phone: String?

  @Option(help: ArgumentHelp("Free text.", valueName: "text"))
  var notes: String?

  @Option(
    name: .customLong("attribute"),
    help: ArgumentHelp("Such as student or company buyer; may be repeated.", valueName: "text"))
  var attributes: [String] = []

  @Option(
    name: .customLong("need"),
    help: ArgumentHelp("Such as weekend delivery; may be repeated.", valueName: "text"))
  var needs: [String] = []

  @Option(help: ArgumentHelp("The customer's id in another system.", valueName: "id"))
  var ref: String?

  @Option(help: ArgumentHelp("Where they came from.", valueName: "text"))
  var channel: String?

  var isEmpty: Bool {
    phone == nil && notes == nil && attributes.isEmpty && needs.isEmpty && ref == nil
      && channel == nil
  }

  func draft(name: String?, _ change: ChangeOptions) -> CustomerDraft {
    CustomerDraft(
      name: name, phone: phone, notes: notes, attributes: Self.list(attributes),
      needs: Self.list(needs), ref: ref, channel: channel, reason: change.reason,
      dryRun: change.dryRunField)
  }

  /// Not given: nil, unchanged. Given as an empty text: an empty list.
  private static func list(_ texts: [String]) -> [String]? {
    texts.isEmpty ? nil : texts.filter { !$0.isEmpty }
  }
}
