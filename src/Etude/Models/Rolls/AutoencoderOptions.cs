using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>Dense layers, ELU after each, down to a latent with tanh, and back up to the cells (Sun 2017's DeepHear, in its shape).</summary>
public sealed record AutoencoderOptions : RollNetworkOptions
{
    /// <summary>The widths of the layers from the input to the latent; the decoder has them in reverse.</summary>
    public IReadOnlyList<int> Units { get; init; } = [1024, 256, 64];

    /// <summary>The width of the latent, 1 or more. Default 16.</summary>
    public int Latent { get; init; } = 16;

    /// <summary>
    /// Dropout on the input, after the encoder's first layer and after the decoder's last two, 0 to below 1. Default 0.
    /// </summary>
    public float Dropout { get; init; }

    /// <summary>
    /// The weight of the divergence from a standard normal latent, per window, 0 or more. Above 0 the latent is drawn from a
    /// normal distribution that the encoder gives (Kingma and Welling 2014; weighted: Higgins and others 2017) and has no
    /// tanh. Default 0: a plain autoencoder.
    /// </summary>
    public float Divergence { get; init; }

    /// <inheritdoc/>
    public override RollNetwork Build(int width, int steps, RandomSource random) => new Network(width, steps, this, random);

    private sealed class Network : LatentNetwork
    {
        private readonly Linear[] _encoder, _decoder;
        private readonly Dropout _dropout;
        private readonly float _divergence;
        private readonly RandomSource _random;

        public Network(int width, int steps, AutoencoderOptions options, RandomSource random) : base(width, steps)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(options.Latent, 1);
            (Latent, _divergence, _random) = (options.Latent, options.Divergence, random);
            _dropout = Register("dropout", new Dropout(options.Dropout, random));
            _encoder = Stack("encoder", [steps * width, .. options.Units, IsVariational ? 2 * Latent : Latent], random);
            _decoder = Stack("decoder", [Latent, .. options.Units.Reverse(), steps * width], random);
        }

        public override int Latent { get; }

        private protected override Parameter OutputBias => _decoder[^1].Bias!;

        private bool IsVariational => _divergence > 0;

        public override RollPass Forward(Tape tape, Tensor window, Feeding feeding)
        {
            if (!IsVariational || !tape.Training) return new(Decode(tape, Encode(tape, window)));
            (Tensor latent, Tensor divergence) = Reparameterization.Draw(tape, EncodeRaw(tape, window), _random);
            return new(Decode(tape, latent), tape.Scale(divergence, _divergence / (Steps * Width)));
        }

        public override Tensor Encode(Tape tape, Tensor window)
        {
            Tensor raw = EncodeRaw(tape, window);
            return IsVariational ? tape.Slice(raw, 1, 0, Latent) : tape.Tanh(raw);
        }

        public override Tensor Decode(Tape tape, Tensor latent)
        {
            Tensor x = latent;
            for (int i = 0; i < _decoder.Length; i++)
            {
                if (i >= _decoder.Length - 2 && i > 0) x = _dropout.Forward(tape, x);
                x = _decoder[i].Forward(tape, x);
                if (i < _decoder.Length - 1) x = tape.Elu(x);
            }
            return tape.Reshape(x, [latent.Shape[0], Steps, Width]);
        }

        private Tensor EncodeRaw(Tape tape, Tensor window)
        {
            Tensor x = tape.Reshape(window, [window.Shape[0], Steps * Width]);
            for (int i = 0; i < _encoder.Length; i++)
            {
                if (i < 2) x = _dropout.Forward(tape, x);
                x = _encoder[i].Forward(tape, x);
                if (i < _encoder.Length - 1) x = tape.Elu(x);
            }
            return x;
        }

        private Linear[] Stack(string name, int[] widths, RandomSource random)
        {
            var layers = new Linear[widths.Length - 1];
            for (int i = 0; i < layers.Length; i++)
            {
                layers[i] = Register(FormattableString.Invariant($"{name}.{i}"), new Linear(widths[i], widths[i + 1], random));
                layers[i].Weight.GlorotNormal(random);
            }
            return layers;
        }
    }
}
