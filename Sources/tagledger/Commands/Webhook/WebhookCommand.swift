import APITypes
import ArgumentParser

struct WebhookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook",
    abstract: "Tell programs of this machine what happens.",
    discussion: """
      Each event is sent as a CloudEvent, signed as https://www.standardwebhooks.com says, in order \
      and until the program has taken it.
      """,
    subcommands: [
      WebhookList.self, WebhookShow.self, WebhookAdd.self, WebhookRevise.self, WebhookPause.self,
      WebhookResume.self, WebhookRemove.self, WebhookTestCommand.self, WebhookSecret.self,
      WebhookDead.self, WebhookRedeliver.self,
    ],
    aliases: ["webhooks"])
}

/// What a webhook is told of.
struct WebhookFields: ParsableArguments {
  @Option(
    name: .customLong("type"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Only these events: tag.applied, or all of a noun, such as customer.", valueName: "type"))
  var types: [String] = []

  @Option(
    name: .customLong("tag"), parsing: .upToNextOption,
    help: ArgumentHelp("Only events of these tags.", valueName: "tag"), completion: tagCompletion)
  var tags: [String] = []

  @Option(
    name: .customLong("customer"), parsing: .upToNextOption,
    help: ArgumentHelp("Only events of these customers.", valueName: "customer"))
  var customers: [String] = []

  var isEmpty: Bool { types.isEmpty && tags.isEmpty && customers.isEmpty }

  /// With ids for names; what was not given stays absent.
  func draft(_ session: Session) async throws -> WebhookDraft {
    var draft = WebhookDraft()
    if !types.isEmpty { draft.types = types }
    for tag in tags { draft.tags = (draft.tags ?? []) + [try await session.finder.tag(tag).id] }
    for customer in customers {
      draft.customers = (draft.customers ?? []) + [try await session.finder.customer(customer).id]
    }
    return draft
  }
}
