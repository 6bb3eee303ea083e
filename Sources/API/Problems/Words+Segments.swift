import Domain

/// The words of problems about segments, the work on them and RFM, in the three languages.
extension Problem {
  func segmentWords(in language: Language) -> (title: String, detail: String) {
    switch language {
    case .en: segmentEnglish
    case .fr: segmentFrench
    case .pt: segmentPortuguese
    }
  }

  private var segmentEnglish: (title: String, detail: String) {
    switch self {
    case .segmentNotFound(let id):
      (
        "There is no such segment",
        "No segment is known as “\(shown(id))”; the list tells which are."
      )
    case .segmentNameTaken(let name, let id):
      (
        "A segment of that name exists",
        "“\(shown(name))” reads the same as the name of segment \(id.rawValue). Choose another."
      )
    case .segmentRevisionChanged(let id, let expected, let actual):
      (
        "The segment has changed meanwhile",
        "You have seen revision \(expected) of segment \(id.rawValue); it is at \(actual) now. "
          + "Look again, then decide."
      )
    case .segmentsTooMany(let limit):
      ("There are too many segments", "At most \(limit) are kept. Remove one that nobody needs.")
    case .workNotDue(let id):
      (
        "Nothing is due",
        "No list of segment \(id.rawValue) has fallen due. Give it a routine, or wait."
      )
    case .workNotListed(let customer, let id):
      (
        "The customer is not on the list",
        "Customer \(customer.rawValue) was not in segment \(id.rawValue) when its list fell due."
      )
    case .workTaken(let customer, let holder):
      (
        "Somebody else has taken it",
        "Customer \(customer.rawValue) is with operator \(holder.rawValue). Ask them, or reopen it."
      )
    case .workSettled(let customer, _):
      (
        "It is done or skipped already",
        "Somebody was faster with customer \(customer.rawValue). Reopen it if it has to be done again."
      )
    case .workOfRole(let role):
      (
        "This list is the work of others", "It is for those who hold role \(role.rawValue)."
      )
    case .timeZoneUnknown(let name):
      (
        "There is no such time zone",
        "“\(shown(name))” is none. Give a name such as America/Sao_Paulo or Europe/Paris."
      )
    case .rfmUnusable(let field, let expected):
      ("RFM cannot be scored like that", "“\(field)” has to be: \(expected.words(in: .en)).")
    case .rfmRevisionChanged(let expected, let actual):
      (
        "The scoring has changed meanwhile",
        "You have seen revision \(expected) of the settings; they are at \(actual) now. "
          + "Look again, then decide."
      )
    case .rfmGroupNotFound(let name, let known):
      (
        "There is no such RFM group",
        "“\(shown(name))” is none; there are: \(known.joined(separator: ", "))."
      )
    case .rfmByQuantiles:
      (
        "Rules and quantiles do not go together",
        "By quantiles everybody’s orders change everybody’s group. Score RFM by thresholds "
          + "where a rule asks for it."
      )
    default: ("", "")
    }
  }

  private var segmentFrench: (title: String, detail: String) {
    switch self {
    case .segmentNotFound(let id):
      (
        "Ce segment n’existe pas",
        "Aucun segment n’est connu comme « \(shown(id)) » ; la liste dit lesquels le sont."
      )
    case .segmentNameTaken(let name, let id):
      (
        "Un segment de ce nom existe",
        "« \(shown(name)) » se lit comme le nom du segment \(id.rawValue). Choisissez-en un autre."
      )
    case .segmentRevisionChanged(let id, let expected, let actual):
      (
        "Le segment a changé entre-temps",
        "Vous avez vu la révision \(expected) du segment \(id.rawValue) ; il en est à \(actual). "
          + "Regardez de nouveau, puis décidez."
      )
    case .segmentsTooMany(let limit):
      ("Il y a trop de segments", "\(limit) au plus sont gardés. Retirez-en un qui ne sert plus.")
    case .workNotDue(let id):
      (
        "Rien n’est à faire",
        "Aucune liste du segment \(id.rawValue) n’est échue. Donnez-lui une routine, ou attendez."
      )
    case .workNotListed(let customer, let id):
      (
        "Le client n’est pas sur la liste",
        "Le client \(customer.rawValue) n’était pas du segment \(id.rawValue) à l’échéance."
      )
    case .workTaken(let customer, let holder):
      (
        "Quelqu’un d’autre s’en est chargé",
        "L’opérateur \(holder.rawValue) s’occupe du client \(customer.rawValue). Demandez-lui, ou "
          + "rouvrez-le."
      )
    case .workSettled(let customer, _):
      (
        "C’est déjà fait ou passé",
        "Quelqu’un a été plus rapide pour le client \(customer.rawValue). Rouvrez-le s’il faut recommencer."
      )
    case .workOfRole(let role):
      (
        "Cette liste est le travail d’autres", "Elle est pour qui tient le rôle \(role.rawValue)."
      )
    case .timeZoneUnknown(let name):
      (
        "Ce fuseau horaire n’existe pas",
        "« \(shown(name)) » n’en est pas un. Donnez un nom comme Europe/Paris ou America/Sao_Paulo."
      )
    case .rfmUnusable(let field, let expected):
      ("RFM ne peut pas être noté ainsi", "« \(field) » doit être : \(expected.words(in: .fr)).")
    case .rfmRevisionChanged(let expected, let actual):
      (
        "La notation a changé entre-temps",
        "Vous avez vu la révision \(expected) des réglages ; ils en sont à \(actual). "
          + "Regardez de nouveau, puis décidez."
      )
    case .rfmGroupNotFound(let name, let known):
      (
        "Ce groupe RFM n’existe pas",
        "« \(shown(name)) » n’en est pas un ; il y a : \(known.joined(separator: ", "))."
      )
    case .rfmByQuantiles:
      (
        "Règles et quantiles ne vont pas ensemble",
        "Par quantiles, les commandes de chacun changent le groupe de tous. Notez RFM par seuils "
          + "là où une règle le demande."
      )
    default: ("", "")
    }
  }

  private var segmentPortuguese: (title: String, detail: String) {
    switch self {
    case .segmentNotFound(let id):
      (
        "Esse segmento não existe",
        "Nenhum segmento é conhecido como “\(shown(id))”; a lista diz quais são."
      )
    case .segmentNameTaken(let name, let id):
      (
        "Já existe um segmento com esse nome",
        "“\(shown(name))” se lê como o nome do segmento \(id.rawValue). Escolha outro."
      )
    case .segmentRevisionChanged(let id, let expected, let actual):
      (
        "O segmento mudou nesse meio-tempo",
        "Você viu a revisão \(expected) do segmento \(id.rawValue); agora está na \(actual). "
          + "Olhe de novo e então decida."
      )
    case .segmentsTooMany(let limit):
      ("Há segmentos demais", "No máximo \(limit) são guardados. Remova um que não serve mais.")
    case .workNotDue(let id):
      (
        "Nada a fazer",
        "Nenhuma lista do segmento \(id.rawValue) venceu. Dê a ele uma rotina, ou espere."
      )
    case .workNotListed(let customer, let id):
      (
        "O cliente não está na lista",
        "O cliente \(customer.rawValue) não estava no segmento \(id.rawValue) quando a lista venceu."
      )
    case .workTaken(let customer, let holder):
      (
        "Outra pessoa já pegou",
        "O cliente \(customer.rawValue) está com o operador \(holder.rawValue). Pergunte, ou reabra."
      )
    case .workSettled(let customer, _):
      (
        "Já foi feito ou pulado",
        "Alguém foi mais rápido com o cliente \(customer.rawValue). Reabra se for preciso refazer."
      )
    case .workOfRole(let role):
      ("Essa lista é trabalho de outros", "Ela é de quem tem o papel \(role.rawValue).")
    case .timeZoneUnknown(let name):
      (
        "Esse fuso horário não existe",
        "“\(shown(name))” não é um. Dê um nome como America/Sao_Paulo ou Europe/Lisbon."
      )
    case .rfmUnusable(let field, let expected):
      ("O RFM não pode ser pontuado assim", "“\(field)” tem de ser: \(expected.words(in: .pt)).")
    case .rfmRevisionChanged(let expected, let actual):
      (
        "A pontuação mudou nesse meio-tempo",
        "Você viu a revisão \(expected) das configurações; agora estão na \(actual). "
          + "Olhe de novo e então decida."
      )
    case .rfmGroupNotFound(let name, let known):
      (
        "Esse grupo RFM não existe",
        "“\(shown(name))” não é um; há: \(known.joined(separator: ", "))."
      )
    case .rfmByQuantiles:
      (
        "Regras e quantis não combinam",
        "Por quantis, os pedidos de cada um mudam o grupo de todos. Pontue o RFM por limites "
          + "onde uma regra pergunta por ele."
      )
    default: ("", "")
    }
  }
}
