import Domain

/// The words of problems about webhooks, in the three languages.
extension Problem {
  func webhookWords(in language: Language) -> (title: String, detail: String) {
    switch language {
    case .en: webhookEnglish
    case .fr: webhookFrench
    case .pt: webhookPortuguese
    }
  }

  private var webhookEnglish: (title: String, detail: String) {
    switch self {
    case .webhookAddressRefused(let url):
      (
        "A webhook stays on this machine",
        "“\(shown(url))” is not allowed. Give http://127.0.0.1:PORT/PATH, http://[::1]:PORT/PATH, "
          + "http://localhost:PORT/PATH or http+unix:///PATH/TO/SOCKET."
      )
    case .webhookRevisionChanged(let id, let expected, let actual):
      (
        "The webhook has changed meanwhile",
        "You have seen revision \(expected) of webhook \(id.rawValue); it is at \(actual) now. "
          + "Look at it again, then decide."
      )
    case .webhooksTooMany(let limit):
      ("There are too many webhooks", "At most \(limit) are kept. Remove one that nobody needs.")
    case .webhookDeadNotFound(let seq):
      ("That event is not among the dead letters", "The list of dead letters has no event \(seq).")
    case .webhookNotFound(let id):
      (
        "There is no such webhook",
        "No webhook is known as “\(shown(id))”; the list tells which are."
      )
    default: ("", "")
    }
  }

  private var webhookFrench: (title: String, detail: String) {
    switch self {
    case .webhookAddressRefused(let url):
      (
        "Un webhook reste sur cette machine",
        "« \(shown(url)) » n’est pas permis. Donnez http://127.0.0.1:PORT/CHEMIN, "
          + "http://[::1]:PORT/CHEMIN, http://localhost:PORT/CHEMIN ou http+unix:///CHEMIN/SOCKET."
      )
    case .webhookRevisionChanged(let id, let expected, let actual):
      (
        "Le webhook a changé entre-temps",
        "Vous avez vu la révision \(expected) du webhook \(id.rawValue) ; il en est à \(actual). "
          + "Regardez-le de nouveau, puis décidez."
      )
    case .webhooksTooMany(let limit):
      ("Il y a trop de webhooks", "\(limit) au plus sont gardés. Retirez-en un qui ne sert plus.")
    case .webhookDeadNotFound(let seq):
      (
        "Cet événement n’est pas parmi les lettres mortes",
        "La liste des lettres mortes n’a pas d’événement \(seq)."
      )
    case .webhookNotFound(let id):
      (
        "Ce webhook n’existe pas",
        "Aucun webhook n’est connu comme « \(shown(id)) » ; la liste dit lesquels existent."
      )
    default: ("", "")
    }
  }

  private var webhookPortuguese: (title: String, detail: String) {
    switch self {
    case .webhookAddressRefused(let url):
      (
        "Um webhook fica nesta máquina",
        "“\(shown(url))” não é permitido. Dê http://127.0.0.1:PORTA/CAMINHO, "
          + "http://[::1]:PORTA/CAMINHO, http://localhost:PORTA/CAMINHO ou "
          + "http+unix:///CAMINHO/SOCKET."
      )
    case .webhookRevisionChanged(let id, let expected, let actual):
      (
        "O webhook mudou nesse meio-tempo",
        "Você viu a revisão \(expected) do webhook \(id.rawValue); agora está na \(actual). "
          + "Veja-o de novo e então decida."
      )
    case .webhooksTooMany(let limit):
      ("Há webhooks demais", "São mantidos no máximo \(limit). Remova um que ninguém use.")
    case .webhookDeadNotFound(let seq):
      (
        "Esse evento não está entre as cartas mortas",
        "A lista de cartas mortas não tem o evento \(seq)."
      )
    case .webhookNotFound(let id):
      (
        "Esse webhook não existe",
        "Nenhum webhook é conhecido como “\(shown(id))”; a lista diz quais existem."
      )
    default: ("", "")
    }
  }
}
