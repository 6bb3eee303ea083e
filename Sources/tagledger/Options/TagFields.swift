import APITypes
import ArgumentParser

/// What is said of a tag beside its name.
struct TagFields: ParsableArguments {
  @Option(help: ArgumentHelp("When the tag applies.", valueName: "text"))
  var criterion: String?

  @Option(help: ArgumentHelp("What to do with who has it.", valueName: "text"))
  var followUp: String?

  @Option(
    help: ArgumentHelp("A set, of whose tags a customer has one at a time.", valueName: "name"))
  var set: String?

  @Option(help: ArgumentHelp("Last day of a campaign, YYYY-MM-DD.", valueName: "date"))
  var ends: String?

  var isEmpty: Bool { criterion == nil && followUp == nil && set == nil && ends == nil }

  func draft(
    name: String? = nil, color: String? = nil, _ change: ChangeOptions
  ) -> TagDraft {
    TagDraft(
      name: name, color: color, criterion: criterion, followUp: followUp, set: set, ends: ends,
      reason: change.reason, dryRun: change.dryRunField)
  }
}
