import APITypes
import ArgumentParser

struct WebhookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook",
    abstract: said(
      en: "Tell programs of this machine what happens.",
      pt: "Informar a programas desta máquina o que acontece.",
      fr: "Dire à des programmes de cette machine ce qui se passe."),
    discussion: said(
      en: """
        Each event is sent as a CloudEvent, signed as https://www.standardwebhooks.com says, in order \
        and until the program has taken it.
        """,
      pt: """
        Cada evento é enviado como CloudEvent, assinado como diz \
        https://www.standardwebhooks.com, em ordem e até que o programa o tenha recebido.
        """,
      fr: """
        Chaque événement est envoyé comme CloudEvent, signé comme le dit \
        https://www.standardwebhooks.com, dans l’ordre et jusqu’à ce que le programme l’ait \
        pris.
        """),
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
    help: .said(
      en: "Only these events: tag.applied, or all of a noun, such as customer.",
      pt: "Só estes eventos: tag.applied, ou todos de um substantivo, como customer.",
      fr: "Seulement ces événements : tag.applied, ou tous ceux d’un nom, comme customer.",
      valueName: "type"))
  var types: [String] = []

  @Option(
    name: .customLong("tag"), parsing: .upToNextOption,
    help: .said(
      en: "Only events of these tags.",
      pt: "Só eventos destas etiquetas.",
      fr: "Seulement les événements de ces étiquettes.", valueName: "tag"),
    completion: tagCompletion)
  var tags: [String] = []

  @Option(
    name: .customLong("customer"), parsing: .upToNextOption,
    help: .said(
      en: "Only events of these customers.",
      pt: "Só eventos destes clientes.",
      fr: "Seulement les événements de ces clients.", valueName: "customer"))
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
