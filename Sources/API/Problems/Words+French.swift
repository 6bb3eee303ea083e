import Domain

/// The words of problems in French: a title for the kind, a detail that says what to do.
extension Problem {
  var french: (title: String, detail: String) {
    switch self {
    case .tagNameEmpty:
      (
        "Une étiquette a besoin d’un nom",
        "Donnez-lui au moins une lettre, un chiffre ou un symbole."
      )
    case .tagNameTooLong(let name, let length, let limit):
      ("Le nom est trop long", "« \(name) » a \(length) caractères ; \(limit) au plus sont permis.")
    case .tagNameHasControlCharacter(let name):
      (
        "Le nom a un caractère invisible",
        "« \(shown(name)) » a un caractère de contrôle, tel qu’une tabulation ou un saut de "
          + "ligne. Enlevez-le."
      )
    case .tagNameTaken(let name, let tag, let isAlias):
      (
        "Une étiquette de ce nom existe",
        "« \(name) » \(isAlias ? "est un alias" : "se lit comme le nom") de l’étiquette "
          + "\(tag.rawValue). Choisissez-en un autre, ou fusionnez les deux."
      )
    case .tagNameArchived(let name, let tag, let isAlias):
      (
        "Une étiquette archivée a ce nom",
        "« \(name) » est \(isAlias ? "un alias" : "le nom") de l’étiquette archivée "
          + "\(tag.rawValue). Restaurez-la, ou choisissez un autre nom."
      )
    case .tagNotFound(let tag):
      (
        "Cette étiquette n’existe pas",
        "Aucune étiquette n’est connue sous « \(tag) ». La liste des étiquettes dit ce qu’il y a."
      )
    case .tagArchived(let tag):
      (
        "L’étiquette est archivée",
        "L’étiquette \(tag.rawValue) ne peut plus être appliquée ni changée. Restaurez-la "
          + "d’abord."
      )
    case .tagMergedIntoItself(_, let name):
      (
        "Une étiquette ne peut être fusionnée avec elle-même",
        "Les deux sont « \(shown(name)) ». Nommez-en une autre comme cible."
      )
    case .tagRevisionChanged(let tag, let expected, let actual):
      (
        "L’étiquette a changé entre-temps",
        "Vous avez vu la révision \(expected) de l’étiquette \(tag.rawValue) ; elle en est à "
          + "\(actual). Regardez-la de nouveau, puis décidez."
      )
    case .tagCustomersMiscounted(let tag, let given, let actual):
      (
        "Un autre nombre de clients a l’étiquette",
        "Vous avez dit \(given) ; \(actual) ont l’étiquette \(tag.rawValue), et chacun la "
          + "perdrait. Répétez avec ce nombre pour la supprimer."
      )
    case .tagSetConflict(let tag, let other, let customers):
      (
        "Des clients ont deux étiquettes de l’ensemble",
        "\(customers) ont à la fois les étiquettes \(tag.rawValue) et \(other.rawValue), mais "
          + "d’un ensemble un client n’en porte qu’une. Enlevez-leur d’abord l’une des deux."
      )
    case .categoryEmpty(let category):
      (
        "Aucune étiquette n’est de cette catégorie",
        "Aucun nom d’étiquette ne commence par « \(category)- »."
      )
    case .colorUnknown(let color):
      (
        "Ce n’est pas une couleur",
        "« \(color) » n’est ni #rrvvbb ni un numéro de la palette, de 0 à 19."
      )
    case .dateUnreadable(let date):
      (
        "Ce n’est pas une date",
        "« \(shown(date)) » ne désigne pas un jour. Les jours s’écrivent année-mois-jour, comme "
          + "2026-11-22 ; un import lit 31/12/2026 avec --dates dmy ou mdy."
      )
    case .textTooLong(let field, let length, let limit):
      (
        "Un texte est trop long",
        "« \(field) » a une longueur de \(length) ; \(limit) au plus est permis."
      )
    case .customerNotFound(let customer):
      ("Ce client n’existe pas", "Aucun client n’est connu sous « \(customer) ».")
    case .customerRevisionChanged(let customer, let expected, let actual):
      (
        "Le client a changé entre-temps",
        "Vous avez vu la révision \(expected) du client \(customer.rawValue) ; elle en est à "
          + "\(actual). Regardez de nouveau, puis décidez."
      )
    case .customerMergedIntoItself(let customer):
      (
        "Un client ne peut être fusionné avec lui-même",
        "Les deux sont le client \(customer.rawValue). Nommez-en un autre comme cible."
      )
    case .customerNeedsName:
      (
        "Un client a besoin d’un signe de reconnaissance",
        "Donnez un nom, un téléphone ou une référence."
      )
    case .customerErased(let customer):
      (
        "La personne a été effacée",
        "Le client \(customer.rawValue) est un numéro sans personne ; inscrivez-la à nouveau si "
          + "elle revient."
      )
    case .reasonMissing:
      ("Il faut un motif", "Dites pourquoi ; cela reste dans le journal pour toujours.")
    case .phoneUnreadable(let phone):
      (
        "Ce n’est pas un numéro de téléphone",
        "« \(phone) » ne se lit pas ; écrivez-le avec + et le pays, comme +33 6 12 34 56 78."
      )
    case .phoneTaken(let customer):
      (
        "Un autre client a ce téléphone",
        "C’est celui du client \(customer.rawValue). S’il s’agit de la même personne, "
          + "fusionnez les deux."
      )
    case .refTaken(let customer):
      (
        "Un autre client a cette référence",
        "C’est celle du client \(customer.rawValue). S’il s’agit de la même personne, "
          + "fusionnez les deux."
      )
    case .bulkTooLarge(let count, let limit):
      (
        "Trop de clients pour une seule commande",
        "\(count) ont été donnés ; \(limit) au plus peuvent être changés d’un coup."
      )
    case .rowRepeated(let line):
      (
        "La ligne en contredit une autre",
        "La ligne \(line) dit autre chose du même client ; gardez l’une des deux."
      )
    case .columnMissing(let column, let headings):
      (
        "Une colonne manque",
        "Aucune colonne « \(column) » parmi : \(shown(headings.joined(separator: ", "))). "
          + "Indiquez la correspondance des colonnes."
      )
    case .cellMissing(let column):
      ("Une cellule est vide", "La ligne n’a rien dans « \(column) ».")
    case .columnRepeated(let column, let field):
      (
        "Deux colonnes ont le même titre",
        "Plusieurs colonnes s’appellent « \(column) » ; donnez un autre titre à celle qui contient "
          + "« \(field) »."
      )
    case .rowTooWide(let cells, let headings):
      (
        "La ligne a plus de cellules que l’en-tête",
        "Elle a \(cells) cellules pour \(headings) titres. Mettez entre guillemets une cellule qui "
          + "contient une virgule ou un autre séparateur."
      )
    case .spreadsheetUnreadable(let fault):
      ("Le fichier est illisible", fault.words(in: .fr))
    case .permissionMissing, .callerUnknown, .credentialRefused, .assertionRefused,
      .operatorNotFound, .operatorNameTaken, .operatorArchived, .operatorRevisionChanged,
      .identityTaken, .tokenNotFound, .tokenOutlasts, .roleNotFound, .roleNameTaken, .roleFixed,
      .roleRevisionChanged, .permissionUnknown, .grantNotFound, .teamBeyondOwn, .teamLastOwner,
      .textEmpty:
      frenchOfTeam
    case .requestMalformed(let what):
      ("La requête ne se lit pas", "\(what)")
    case .parameterUnreadable(let name, let value, let expected):
      parameterWords(name, value, expected, in: .fr)
    case .bodyTooLarge(let limit):
      ("Le corps est trop grand", "\(limit) octets au plus sont lus.")
    case .jobNotFound(let job):
      ("Cette tâche n’existe pas", "Aucune tâche n’a l’identifiant « \(job) ».")
    case .jobNotResumable(let job):
      (
        "La tâche ne peut pas continuer",
        "Seule une tâche arrêtée peut reprendre ; « \(job) » ne l’est pas."
      )
    case .jobStopped:
      (
        "La tâche a été arrêtée",
        "Elle s’est arrêtée avant la fin, à la demande de quelqu’un."
      )
    case .jobInTheWay(let job, let kind):
      (
        "Une autre tâche est en cours",
        "La tâche \(job) (\(kind)) doit d’abord finir : attendez-la, ou arrêtez-la par « job stop »."
      )
    case .requestKeyReused, .requestRunning, .requestAnswerGone: requestWords(in: .fr)
    case .factAhead, .currencyUnknown, .currencyForeign, .currencyFixed, .amountOutOfRange,
      .returnPositive, .mappingNotFound:
      factWords(in: .fr)
    case .filterInvalid, .filterTagUnknown, .filterTooLarge, .filterAsksPersonal:
      filterWords(in: .fr)
    case .ruleNotFound, .ruleNameTaken, .ruleVersionChanged, .ruleCycle, .ruleTagTaken,
      .ruleFilterPersonal, .rulesTooMany, .readyRuleNotFound, .readyRuleAdopted,
      .readyRuleIncomplete:
      ruleWords(in: .fr)
    case .segmentNotFound, .segmentNameTaken, .segmentRevisionChanged, .segmentsTooMany,
      .workNotDue, .workNotListed, .workTaken, .workSettled, .workOfRole, .timeZoneUnknown,
      .rfmUnusable, .rfmRevisionChanged, .rfmGroupNotFound, .rfmByQuantiles:
      segmentWords(in: .fr)
    case .webhookNotFound, .webhookAddressRefused, .webhookRevisionChanged, .webhooksTooMany,
      .webhookDeadNotFound:
      webhookWords(in: .fr)
    case .noticeNotFound(let seq):
      (
        "Cet avis n’existe pas",
        "L’événement \(seq) n’est pas un avis pour vous. La liste des avis dit lesquels le sont."
      )
    case .seqNotFound(let seq):
      ("Cet événement n’existe pas", "Le journal n’a pas d’événement \(seq).")
    case .commandNotFound(let command):
      (
        "Cette commande n’existe pas",
        "Aucun événement ne vient de « \(command) » ; donnez l’identifiant d’une commande, ou le "
          + "numéro d’un de ses événements."
      )
    case .undoImpossible(let type):
      (
        "Cela ne s’annule pas",
        "La commande a produit un événement « \(type.name) » : ce qui était avant n’existe plus."
      )
    case .pastReadOnly:
      (
        "Le passé ne se modifie pas",
        "Ce service montre le registre tel qu’il était. Modifiez-le là où il est au présent."
      )
    case .pastNotTold(let path):
      (
        "Cela ne se dit pas du passé",
        "\(path) ne parle que du présent. Demandez-le au service du présent."
      )
    case .eventTooLarge(let bytes, let limit):
      (
        "Le changement est trop grand pour un événement",
        "Il prendrait \(bytes) octets ; \(limit) au plus sont permis. Raccourcissez ses textes."
      )
    case .storageFull:
      (
        "Le disque est plein",
        "Rien n’a été changé. Les commandes seront reprises dès qu’il y aura de la place ; la "
          + "lecture continue."
      )
    case .storageFailed(let what):
      ("Le disque a fait défaut", "Rien n’a été changé. \(what)")
    case .projectionDiffers(let what):
      (
        "Les projections diffèrent du journal",
        "Reconstruisez-les avec `tagledger rebuild`. \(what)"
      )
    case .logDamaged(let what):
      (
        "Le journal est endommagé",
        "Aucune commande n’est acceptée avant sa restauration depuis une sauvegarde. \(what)"
      )
    case .readOnly(let why):
      ("Le registre n’accepte pas de commandes", "Il peut seulement être lu pour le moment. \(why)")
    case .dataInUse(let what):
      ("Un autre démon utilise les données", "\(what)")
    case .backupUnusable(let what):
      ("La sauvegarde ne peut être faite ou utilisée", what)
    case .restoreRefused(let what):
      ("La restauration a été refusée", what)
    case .shuttingDown:
      ("Le registre s’arrête", "Rien n’a été changé. Réessayez dans un instant.")
    }
  }
}

extension Rejection {
  var french: (title: String, detail: String) {
    switch self {
    case .routeUnknown(let path):
      (
        "Il n’y a rien ici",
        "« \(path) » n’est pas un chemin de cette API ; schema/openapi.yaml décrit ceux qui "
          + "existent."
      )
    case .methodNotAllowed(let method, let allowed):
      (
        "La méthode ne convient pas",
        "\(method) n’est pas possible ici ; \(allowed.joined(separator: ", ")) le serait."
      )
    case .uriTooLong(let limit):
      ("L’adresse est trop longue", "\(limit) octets au plus sont lus.")
    case .uriUnreadable:
      (
        "L’adresse ne se lit pas",
        "Un signe pour cent est suivi de deux chiffres hexadécimaux, et l’ensemble forme de "
          + "l’UTF-8 sans octet nul."
      )
    case .hostUnknown(let host):
      ("La requête vise un autre hôte", "« \(host) » n’est pas servi ici ; « localhost » l’est.")
    case .originForeign(let origin):
      (
        "Un autre site a envoyé la requête",
        "« \(origin) » ne peut pas utiliser ce registre au nom de quelqu’un."
      )
    case .contentTypeUnsupported(let type):
      ("Le corps est d’un autre type", "« \(type) » n’est pas lu ici ; « application/json » l’est.")
    case .jsonUnreadable(let error):
      ("Le corps n’est pas du JSON", "À l’octet \(error.offset) : \(error.reason.french).")
    case .fieldUnknown(let path, let known):
      (
        "Le corps a un champ inconnu",
        "« \(path) » n’est pas connu ici. Connus : \(known.joined(separator: ", "))."
      )
    case .fieldMissing(let path):
      ("Il manque un champ au corps", "« \(path) » doit être donné.")
    case .fieldsExclusive(let one, let other):
      ("Le corps en dit trop", "Donnez « \(one) » ou « \(other) », pas les deux.")
    case .fieldUnreadable(let path, let expected):
      (
        "Un champ ne se lit pas",
        "« \(path.isEmpty ? "corps" : path) » doit être : \(expected.words(in: .fr))."
      )
    case .parameterUnknown(let name, let known):
      (
        "Un paramètre est inconnu",
        "« \(name) » n’est pas connu ici. Connus : \(known.joined(separator: ", "))."
      )
    case .parameterRepeated(let name):
      ("Un paramètre y est deux fois", "« \(name) » ne peut être donné qu’une fois.")
    case .cursorUnreadable:
      (
        "Le curseur ne peut servir",
        "Il est abîmé, ou appartient à une liste demandée autrement. Recommencez sans curseur."
      )
    case .languageUnknown(let language):
      (
        "Il n’y a pas de jeu de départ dans cette langue",
        "« \(language) » n’est pas parmi : en, fr, pt."
      )
    case .limited(let limit): limit.words(in: .fr)
    case .failed:
      (
        "Quelque chose a mal tourné à l’intérieur",
        "Le journal du démon dit quoi. Le journal des changements dit si une commande a été "
          + "prise."
      )
    }
  }
}

extension JSON.ParseError.Reason {
  var french: String {
    switch self {
    case .unexpectedEnd: "le texte finit trop tôt"
    case .unexpectedByte(let byte): "octet \(byte) inattendu"
    case .trailingBytes: "quelque chose suit la valeur"
    case .tooDeep(let limit): "plus de \(limit) niveaux"
    case .duplicateKey(let key): "« \(key) » y est deux fois"
    case .invalidUTF8: "le texte n’est pas de l’UTF-8"
    case .controlCharacter(let byte): "caractère de contrôle \(byte) dans une chaîne"
    case .badEscape: "échappement inconnu"
    case .loneSurrogate: "moitié d’une paire de substitution"
    case .badNumber: "un nombre que JSON ne permet pas"
    case .notAnInteger: "seuls les nombres entiers sont lus"
    case .integerTooLarge: "le nombre dépasse 2^53 - 1"
    }
  }
}
